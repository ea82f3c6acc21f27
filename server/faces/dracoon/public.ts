import { avatarRows } from './avatars.ts'
