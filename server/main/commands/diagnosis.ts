/** What a check found: good, poor (works, yet unwise) or wrong; and what to do. */
export type Diagnosis = { readonly state: 'good' | 'poor' | 'wrong'; readonly text: string }

export const good = (text: string): Diagnosis => ({ state: 'good', text })
export const poor = (text: string): Diagnosis => ({ state: 'poor', text })
export const wrong = (text: string): Diagnosis => ({ state: 'wrong', text })
