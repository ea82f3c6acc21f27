import type { Invitation } from './invitation.ts'

/** Open invitations and requests. */
export type InvitationStore = {
  takeId(): Promise<number>
  /** Faults 'exists' 'invitation' when the user has one of this kind to this node already. */
  insert(invitation: Invitation, digest: string): Promise<void>
  findByDigest(digest: string): Promise<Invitation | undefined>
  ofNode(nodeId: number): Promise<Invitation[]>
  /** Of many nodes, oldest first. */
  ofNodes(nodeIds: readonly number[]): Promise<Invitation[]>
  ofUser(userId: number, kind: Invitation['kind']): Promise<Invitation[]>
  /** Requests to be let into rooms in which this user holds MANAGE, oldest first. */
  requestsTo(userId: number, now: number): Promise<Invitation[]>
  update(
    id: number,
    change: Partial<Pick<Invitation, 'permissions' | 'publicView' | 'message'>>,
  ): Promise<void>
  /** False when it was gone already: of two who end it one does. */
  remove(id: number): Promise<boolean>
}
