import type { Row } from '../operation.ts'
import { build } from './build.ts'
import { writeDate } from './dates.ts'
import thirdParty from './generated/third-party.json' with { type: 'json' }
import { op } from './op.ts'

/** The version of the API that this face speaks (dossier 2.5: clients compare it). */
export const apiVersion = '4.42.2'

/** What anybody may ask about the installation. Shares for strangers have files of their own. */
export const publicRows: Row[] = [
  op('requestSystemInfo', {
    auth: 'none',
    run: async ({ tenant }) => tenant,
    reply: (tenant) => ({
      languageDefault: tenant.language,
      hideLoginInputFields: false,
      s3Hosts: [],
      s3EnforceDirectUpload: false,
      useS3Storage: true,
      authMethods: [{ name: 'basic', isEnabled: true, priority: 1 }],
    }),
  }),

  op('requestActiveDirectoryAuthInfo', {
    auth: 'none',
    run: async () => undefined,
    reply: () => ({ items: [] }),
  }),

  op('requestOpenIdAuthInfo', {
    auth: 'none',
    run: async () => undefined,
    reply: () => ({ items: [] }),
  }),

  op('requestSystemTime', {
    auth: 'none',
    run: async ({ now }) => now,
    reply: (now) => ({ time: writeDate(now) }),
  }),

  op('requestSoftwareVersion', {
    auth: 'none',
    run: async () => build,
    reply: ({ version, builtAt }) => ({
      restApiVersion: apiVersion,
      sdsServerVersion: version,
      scmRevisionNumber: '',
      buildDate: writeDate(builtAt),
      isDracoonCloud: false,
    }),
  }),

  op('requestThirdPartyDependencies', {
    auth: 'none',
    run: async () => thirdParty,
    reply: (packages) => packages.map(presentPackage),
  }),
]

/** A package of the registry in the words of the document; it has no description at hand. */
function presentPackage({ name, version, license }: (typeof thirdParty)[number]) {
  const [scope, bare] = name.startsWith('@') ? name.split('/') : ['', name]
  return {
    id: `${name}@${version}`,
    groupId: scope ?? '',
    artifactId: bare ?? name,
    name,
    version,
    type: 'npm',
    description: '',
    licenses: license === '' ? [] : [license],
    url: `https://www.npmjs.com/package/${name}`,
  }
}
