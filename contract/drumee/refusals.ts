import { userCode } from '../../server/faces/drumee/ids.ts'
import type { ContractRow, Scene, Send } from '../row.ts'

type Values = Readonly<Record<string, unknown>>

/** A service, values that it takes, and those of them that it cannot do without. */
export type Sample = {
  readonly op: string
  readonly values?: Values
  readonly needs?: readonly string[]
  /** A parameter and a value of a wrong type; services without 400 have none. */
  readonly bad?: Values
}

const send = (values: Values): Send => ({ body: values })

/** 412 for each parameter that is missing, 400 for one that is no such thing. */
export function inputRows({ op, values = {}, needs = [], bad }: Sample): ContractRow[] {
  const without = (name: string) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key !== name))
  return [
    ...needs.map(
      (name): ContractRow => ({
        op,
        name: `needs ${name}`,
        as: 'writer',
        send: send(without(name)),
        want: { status: 412, code: `VARIABLE **${name}** IS MANDATORY` },
      }),
    ),
    ...(bad === undefined
      ? []
      : [
          {
            op,
            name: `refuses ${JSON.stringify(bad)}`,
            as: 'writer',
            send: send({ ...values, ...bad }),
            want: { status: 400, code: 'INVALID_DATA' },
          } satisfies ContractRow,
        ]),
  ]
}

/** Not for nobody, not with a cookie's call by GET, not about somebody else. */
export function ownRefusals(sample: Sample): ContractRow[] {
  const { op, values = {} } = sample
  const readersHub = (scene: Scene) => ({ hub_id: userCode(scene.userId('reader')) })
  return [
    {
      op,
      name: 'not for nobody',
      as: null,
      send: send(values),
      want: { status: 403, code: 'PERMISSION_DENIED', body: { __status__: 'offline', data: [] } },
    },
    {
      op,
      name: 'not about somebody else',
      as: 'writer',
      send: (scene) => send({ ...values, ...readersHub(scene) }),
      want: { status: 403, code: 'PERMISSION_DENIED' },
    },
    ...inputRows(sample),
  ]
}
