/**
 * A server that may be imported from: a host name, `*.` and what it ends in, or `*` for any; with
 * its port, `*` for any, null for that of the scheme.
 */
export type HostRule = { readonly host: string; readonly port: number | '*' | null }

/** Whether one of the rules names the server of this address. */
export function isNamed(url: URL, rules: readonly HostRule[]): boolean {
  return rules.some((rule) => namesHost(rule, url.hostname) && namesPort(rule, url.port))
}

function namesHost({ host }: HostRule, hostname: string): boolean {
  if (host === '*') return true
  const name = hostname.replace(/\.$/, '')
  return host.startsWith('*.') ? name.endsWith(host.slice(1)) : name === host
}

/** The port of an address is empty where it is that of its scheme. */
function namesPort({ port }: HostRule, given: string): boolean {
  return port === '*' || given === (port === null ? '' : String(port))
}
