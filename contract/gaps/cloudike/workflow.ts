import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'workflow' and not reached. */
export const workflow: Gaps = {
  notBuilt: [
    {
      missing: 'comments with tasks are not built',
      operations: `
        workflowCommentAdd
        workflowCommentEdit
        workflowCommentDelete
        workflowComments
        workflowCommentUpdateTaskStatus`,
    },
  ],
  unreached: [],
}
