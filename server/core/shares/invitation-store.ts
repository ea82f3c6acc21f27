import type { Invitation } from './invitation.ts'

/** Invitations and requests. One that is past its end at `now` is not there. */
export type InvitationStore = {
  takeId(): Promise<number>
  /** Faults 'exists' 'invitation' when the user has one of this kind to this node already. */
  insert(invitation: Invitation, digest: string): Promise<void>
  findByDigest(digest: string, now: number): Promise<Invitation | undefined>
  /** Oldest first. */
  ofNodes(nodeIds: readonly number[], now: number): Promise<Invitation[]>
  ofUser(userId: number, kind: Invitation['kind'], now: number): Promise<Invitation[]>
  /** Requests to be let into rooms in which this user holds MANAGE, oldest first. */
  requestsTo(userId: number, now: number): Promise<Invitation[]>
  /** Those past their end: of one node, or some of all, the longest ago first. */
  ended(now: number, nodeId?: number): Promise<Invitation[]>
  update(
    id: number,
    change: Partial<Pick<Invitation, 'permissions' | 'publicView' | 'message' | 'expireAt'>>,
  ): Promise<void>
  /** False when it was gone already: of two who end it one does. */
  remove(id: number): Promise<boolean>
}
