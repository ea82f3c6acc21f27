import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Fault } from '../../core/fault.ts'

/** Never called by chance: this machine, private and reserved networks (IANA registries). */
const closed4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
/** Of IPv6 only global unicast is open, without what stands for addresses of other kinds. */
const open6 = '2000::/3'
const closed6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Words for networks, as the settings have them. */
const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
}

/** Says of an address whether it may be called: a public one, or one of `networks`. */
export function addressGuard(networks: readonly string[]): (address: string) => boolean {
  const allowed = blockList(networks.flatMap((word) => named[word] ?? [word]))
  const closed = blockList([...closed4, ...closed6])
  const open = blockList([open6])
  return (address) => {
    const family = isIP(address)
    if (family === 0) return false
    const kind = family === 4 ? 'ipv4' : 'ipv6'
    if (allowed.check(address, kind)) return true
    return !closed.check(address, kind) && (family === 4 || open.check(address, kind))
  }
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const isV4 = isIP(address) === 4
    list.addSubnet(address, Number(bits ?? (isV4 ? 32 : 128)), isV4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/**
 * Looks names up for a connection and gives out only addresses that may be called: what was checked
 * is what is called, whatever the name answers next time.
 */
export function guardedLookup(mayCall: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = (found ?? []).filter(({ address }) => mayCall(address))
      const [first] = addresses
      if (error) done(error, '', 0)
      else if (!first) done(closedAddress(), '', 0)
      else if (options.all) done(null, addresses)
      else done(null, first.address, first.family)
    })
  }
}

/** For an address that may not be called. */
export function closedAddress(): Fault {
  return new Fault('forbidden', 'import', undefined, { rule: 'address' })
}
