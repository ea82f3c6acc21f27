import type { Ctx } from '../ctx.ts'
import { fault } from '../fault.ts'
import { enableEncryption, insertPair } from './add-key-pair.ts'
import { checkContainers } from './check-keys.ts'
import { holderFor } from './key-holder.ts'
import type { KeyContainers } from './key-pair.ts'

/**
 * Lets rooms of the tenant be encrypted, for good, with a rescue key. Needs ROLE_CONFIG. Faults:
 * 'exists' 'tenant' when it was enabled before, 'invalid' 'tenant' (rule 'one-way') for an end of
 * it, 'invalid' 'key-pair'.
 */
export async function enableTenantEncryption(
  ctx: Ctx,
  input: { readonly enable: boolean; readonly rescue: KeyContainers },
): Promise<void> {
  checkContainers(input.rescue)
  await ctx.write(async (tx) => {
    await tx.nodes.lockTree()
    const holder = await holderFor(ctx, tx, { kind: 'tenant' }, 'write')
    if (!input.enable) fault('invalid', 'tenant', undefined, { field: 'enable', rule: 'one-way' })
    if (await tx.keys.isEnabled()) fault('exists', 'tenant', undefined, { rule: 'encryption' })
    await enableEncryption(ctx, tx)
    await insertPair(ctx, tx, holder, input.rescue)
  })
}
