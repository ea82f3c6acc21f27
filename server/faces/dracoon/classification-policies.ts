import { changeSettings, managedSettings } from '../../core/settings/change-settings.ts'
import type { Settings } from '../../core/settings/settings.ts'
import type { Row } from '../operation.ts'
import type { ClassificationPoliciesConfig } from './generated/shapes.ts'
import { op } from './op.ts'
import { refuseInput } from './refuse.ts'

type Level = 0 | 1 | 2 | 3 | 4

/** From which classification on a download share needs a password; 0: from none. */
export function presentClassificationPolicies({
  linkPasswordFrom,
}: Settings): ClassificationPoliciesConfig {
  return {
    shareClassificationPolicies: {
      classificationRequiresSharePassword: linkPasswordFrom as Level,
    },
  }
}

/** What classifications ask of shares, for administrators. */
export const classificationPoliciesRows: Row[] = [
  op('requestClassificationPoliciesConfig', {
    auth: 'user',
    run: (ctx) => managedSettings(ctx),
    reply: presentClassificationPolicies,
  }),

  op('changeClassificationPoliciesConfig', {
    auth: 'user',
    run: (ctx, { body }) => {
      const level = body.shareClassificationPolicies?.classificationRequiresSharePassword
      if (level === undefined)
        refuseInput('body.shareClassificationPolicies', 'required', 'no level')
      return changeSettings(ctx, { linkPasswordFrom: level })
    },
    reply: presentClassificationPolicies,
  }),
]
