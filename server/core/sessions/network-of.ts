/**
 * The network that failures of an address are counted for: an IPv4 address itself (also when
 * written as IPv6), the first 64 bits of an IPv6 address, since one customer has that many at
 * least. Null without an address.
 */
export function networkOf(address: string): string | null {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  if (bare === '') return null
  const mapped = /^(?:0{0,4}:){1,5}(?:0{1,4}:)*ffff:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  if (!/^[0-9a-f:.]{2,45}$/.test(bare) || !bare.includes(':')) return bare.slice(0, 45)
  const [head = '', tail] = bare.split('::', 2)
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest]
  return `${all.slice(0, 4).map(plainGroup).join(':')}::/64`
}

function plainGroup(group: string): string {
  return group.replace(/^0+(?=.)/, '')
}
