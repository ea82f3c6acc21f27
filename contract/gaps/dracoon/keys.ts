import type { Gaps } from '../../gaps-of-tags.ts'

/** Client-side encryption, of several tags. */
export const keys: Gaps = {
  notBuilt: [],
  unreached: [
    {
      status: 204,
      why: 'a room without a rescue key pair answers 404',
      operations: `
        requestRoomRescueKeyPairs`,
    },
  ],
  unreachedCodes: [
    {
      why: 'encryption is available in every installation',
      codes: `
        setSystemRescueKeyPair: -90020
        createAndPreserveKeyPair: -90020
        enableCustomerEncryption: -90020`,
    },
    {
      why: 'setting a rescue key pair neither ends encryption nor begins it again',
      codes: `
        setSystemRescueKeyPair: -70024, -70025
        createAndPreserveKeyPair: -70024, -70025`,
    },
    {
      why: 'a room can only be encrypted where encryption is enabled, which cannot be undone',
      codes: `
        setRoomRescueKeyPair: -70027
        createAndPreserveRoomRescueKeyPair: -70027`,
    },
    {
      why: 'rooms are encrypted and rescued by who governs them, with a key pair or without',
      codes: `
        encryptRoom: -70020
        setRoomRescueKeyPair: -70020
        createAndPreserveRoomRescueKeyPair: -70020
        removeRoomRescueKeyPair: -70020`,
    },
    {
      why: 'the same is answered with the other of two documented statuses or codes',
      codes: `
        setUserKeyPair: -70021
        setUserFileKeys: -40000, -41000
        requestMissingFileKeys: -41000
        encryptRoom: -41000
        requestRoomRescueKeyPair: -41000
        requestRoomRescueKeyPairs: -41000
        setRoomRescueKeyPair: -40007, -41000
        createAndPreserveRoomRescueKeyPair: -40007, -41000
        removeRoomRescueKeyPair: -41000`,
    },
    {
      why: 'no row has this wrong input for it',
      codes: `
        setUserFileKeys: -80001
        requestMissingFileKeys: -80000`,
    },
    {
      why: 'who lacks the right has no code; the key pair is not what is missing',
      codes: `
        requestRoomRescueKey: -70020
        requestSystemRescueKey: -70020
        requestRoomRescueKeyPair: -70020
        requestRoomRescueKeyPairs: -70020`,
    },
  ],
}
