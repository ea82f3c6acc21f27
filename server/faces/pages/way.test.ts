import { expect, it } from 'vitest'
import { placeOf } from './way.ts'

const secret = 'a_Secret-0123456789'

it.each([
  [`https://files.test/-/#/dmz/${secret}`, `/public/shares/${secret}`],
  [`#/dmz/inbound/token=${secret}`, `/public/shares/${secret}`],
  [`/#/share/a000000000000001/${secret}`, `/public/shares/${secret}`],
  [`#/welcome/reset/d000000000000001/${secret}`, `/public/account/password?secret=${secret}`],
  [`#/welcome/verify/d000000000000001/${secret}`, `/public/account/address?secret=${secret}`],
  [` #/welcome/back=${secret}/ `, `/public/account/return?secret=${secret}`],
  ['#/welcome/checkout', 'left'],
  ['', undefined],
  ['#/desk', undefined],
  [`#/dmz/${secret}/more`, undefined],
  [`#/dmz/..%2F..%2F${secret}`, undefined],
  [`#/dmz//elsewhere.test/${secret}`, undefined],
  [`https://elsewhere.test/${secret}`, undefined],
])('%s leads to %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})
