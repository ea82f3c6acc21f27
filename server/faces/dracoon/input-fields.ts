import type { Wish } from './answers.ts'
import { cipher } from './cipher-answers.ts'

const counted: readonly Wish[] = [
  [400, -80001],
  [400, -80002],
]
const badPassword: readonly Wish[] = [
  [400, -10002],
  [400, -80000],
]

/** Fields whose own code says more than the rule does: `field:rule`, or `field` for any rule. */
export const inputFields: Readonly<Record<string, readonly Wish[]>> = {
  classification: [[400, -40756]],
  trashDays: [[400, -80018]],
  quota: [
    [400, -80003],
    [400, -80001],
  ],
  ...cipher.fields,
  inherit: [[400, -40017]],
  'inherit:already-on': [[400, -40015]],
  'inherit:already-off': [[400, -40016]],
  'takeOver:top': [[400, -40019]],
  takeOver: [[400, -80028]],
  adminIds: [
    [400, -80028],
    [400, -40006],
  ],
  recycleBinRetentionPeriod: [[400, -80018]],
  newGroupMemberAcceptance: [[400, -80025]],
  state: [[400, -40301]],
  'filter.state': [[400, -40301]],
  'direct:parts': [[400, -90033]],
  'partNumber:integer': [[400, -80002]],
  partNumber: [
    [400, -80001],
    [400, -80002],
  ],
  'size:integer': [[400, -80002]],
  size: [
    [400, -80046],
    [400, -80001],
    [400, -80002],
  ],
  maxBytes: counted,
  maxFiles: counted,
  filesExpiryDays: counted,
  'items:plain-keys': [[400, -40001]],
  'maxDownloads:integer': [[400, -80002]],
  maxDownloads: counted,
  password: badPassword,
  'password:policy': [[400, -80064]],
  'password:required': [[400, -80000]],
  'password:too-long': [[400, -80007]],
  newPassword: badPassword,
  'newPassword:required': [[400, -80000]],
  'status:enum': [[400, -80027]],
  'agrees:undo': [[400, -70103]],
  'agrees:again': [[400, -70104]],
  'avatar:type': [[400, -80042]],
  'avatar:size': [[400, -80043]],
  'avatar:dimensions': [[400, -80044]],
  'url:form': [[400, -80010]],
  'email:form': [[400, -80009]],
  'phone:form': [[400, -80040]],
  'language:form': [
    [400, -10013],
    [400, -10010],
  ],
}
