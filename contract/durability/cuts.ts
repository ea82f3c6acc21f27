import { checkImage } from './cut-check.ts'
import { diskModel, type Survival } from './disk-model.ts'
import { randomOf } from './random.ts'
import type { Recording } from './recording.ts'

/** The power goes before this record; what had not been flushed survives so far. */
export type Cut = { readonly at: number; readonly survival: Survival }

/**
 * Half of the cuts at answers, half anywhere, the same number in every process of the recording; on
 * the worst disk, or on one that kept a part.
 */
export function chosenCuts({ records, begins }: Recording, count: number, seed: number): Cut[] {
  const random = randomOf(seed)
  const survivals = ['some', 'flushed', 'some', 'all'] as const
  const cuts: Cut[] = []
  while (cuts.length < count) {
    const turn = Math.floor(cuts.length / 2)
    const begin = begins[turn % begins.length]!
    const end = begins[(turn % begins.length) + 1] ?? records.length
    const answers = records.flatMap(({ kind }, at) =>
      kind === 'answer' && at >= begin && at < end ? [at] : [],
    )
    cuts.push({ at: answers[random.below(answers.length)]!, survival: 'flushed' })
    const survival = survivals[turn % survivals.length]!
    cuts.push({ at: begin + random.below(end - begin), survival })
  }
  return cuts.slice(0, count)
}

/** At every answer, on the worst disk. */
export function cutsAtAnswers({ records }: Recording): Cut[] {
  return records.flatMap(({ kind }, at): Cut[] =>
    kind === 'answer' ? [{ at, survival: 'flushed' }] : [],
  )
}

/**
 * Applies the records up to each cut and checks what is left then; answers how many were checked.
 * An answer counts from the moment before it leaves. Throws at the first cut that lost something.
 */
export async function checkCuts(
  { records, clients }: Recording,
  cuts: readonly Cut[],
  seed: number,
): Promise<number> {
  const disk = diskModel()
  const answered = new Set<string>()
  const random = randomOf(seed)
  let applied = 0
  for (const { at, survival } of [...cuts].sort((a, b) => a.at - b.at)) {
    for (; applied < at; applied++) disk.apply(records[applied]!)
    for (const one of records.slice(0, at + 1)) {
      if (one.kind === 'answer') answered.add(one.requestId)
    }
    try {
      const image = disk.image(survival, random)
      await checkImage(image, clients, answered, random.below(4) === 0)
    } catch (error) {
      const moment = `${at} of ${records.length} (${records[at]?.kind}, ${survival} survives)`
      const text = `power cut at record ${moment}; STRONGROOM_TEST_SEED=${seed}: ${String(error)}`
      throw new Error(text, { cause: error })
    }
  }
  return cuts.length
}
