/** What a user wrote to the administrators. */
export type Feedback = {
  readonly id: number
  readonly userId: number
  /** As he wants to be called, and answered. */
  readonly name: string
  readonly email: string | null
  readonly comment: string
  readonly createdAt: number
}

export type FeedbackSort = {
  readonly by: 'createdAt' | 'userId' | 'email'
  readonly descending: boolean
}

export type FeedbackStore = {
  takeId(): Promise<number>
  insert(feedback: Feedback): Promise<void>
  count(): Promise<number>
  page(sort: FeedbackSort, page: { offset: number; limit: number }): Promise<Feedback[]>
  /** Removes what a user wrote but for his newest `kept`. */
  removeOldest(userId: number, kept: number): Promise<void>
}
