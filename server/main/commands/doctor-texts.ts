import { gatewayTexter } from '../../adapters/texts/gateway.ts'
import type { Config } from '../config.ts'
import { type Diagnosis, good, wrong } from './diagnosis.ts'
import { saidReason } from './said.ts'

/** The gateway for text messages answers and knows the token. Nothing is sent. */
export async function checkTexts({ texts }: Config): Promise<Diagnosis[]> {
  if (texts === undefined) return [good('Text messages: none is sent (STRONGROOM_SMS_URL)')]
  const { host } = new URL(texts.url)
  try {
    await gatewayTexter(texts).check()
    return [good(`Text messages: ${host} answers; sender ${texts.from}`)]
  } catch (error) {
    const remedy = 'check STRONGROOM_SMS_URL and STRONGROOM_SMS_TOKEN'
    return [wrong(`Text messages: ${host}: ${saidReason(error)}; ${remedy}`)]
  }
}
