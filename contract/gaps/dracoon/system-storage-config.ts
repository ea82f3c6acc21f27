import type { Gaps } from '../../gaps-of-tags.ts'

/** Documented under 'system-storage-config' and not reached. */
export const systemStorageConfig: Gaps = {
  notBuilt: [
    {
      missing: 'storage is configuration of the server, not data; S3 tags are not built',
      operations: `
        request3Config
        updateS3Config
        createS3Config
        requestS3TagList
        createS3Tag
        requestS3Tag
        removeS3Tag`,
    },
  ],
  unreached: [],
}
