import type { HelpEntry } from './generated/shapes.ts'

type Question = { readonly question: string; readonly answer: string }
type Topic = {
  readonly category: string
  readonly about: string
  readonly questions: readonly Question[]
}

const english: readonly Topic[] = [
  {
    category: 'files',
    about: 'Files and folders',
    questions: [
      {
        question: 'How does a deleted file come back?',
        answer: 'Open the bin of the hub that it was in and restore it from there.',
      },
      {
        question: 'What happens when I upload a file that is there already?',
        answer: 'You are asked. If you replace it, the earlier content is kept as a version.',
      },
    ],
  },
  {
    category: 'sharing',
    about: 'Sharing with others',
    questions: [
      {
        question: 'Who sees what is on my desk?',
        answer: 'Only you. What lies in a hub is seen by the members of the hub.',
      },
      {
        question: 'How do I send a file to somebody without an account?',
        answer: 'Make a link. It can have a password and an end.',
      },
    ],
  },
  {
    category: 'account',
    about: 'Account and safety',
    questions: [
      {
        question: 'I have forgotten my password.',
        answer: 'Ask for a new one on the page where you sign in: a link is mailed to you.',
      },
      {
        question: 'How do I protect my account further?',
        answer: 'Turn on the one-time code in your profile: each sign-in then asks for it.',
      },
    ],
  },
]

const german: readonly Topic[] = [
  {
    category: 'files',
    about: 'Dateien und Ordner',
    questions: [
      {
        question: 'Wie kommt eine gelöschte Datei zurück?',
        answer: 'Öffnen Sie den Papierkorb des Hubs, in dem sie lag, und stellen Sie sie her.',
      },
      {
        question: 'Was geschieht, wenn ich eine Datei hochlade, die es schon gibt?',
        answer: 'Sie werden gefragt. Beim Ersetzen bleibt der alte Inhalt als Version erhalten.',
      },
    ],
  },
  {
    category: 'sharing',
    about: 'Mit anderen teilen',
    questions: [
      {
        question: 'Wer sieht, was auf meinem Schreibtisch liegt?',
        answer: 'Nur Sie. Was in einem Hub liegt, sehen die Mitglieder des Hubs.',
      },
      {
        question: 'Wie sende ich eine Datei an jemanden ohne Konto?',
        answer: 'Legen Sie einen Link an. Er kann ein Passwort und ein Ende haben.',
      },
    ],
  },
  {
    category: 'account',
    about: 'Konto und Sicherheit',
    questions: [
      {
        question: 'Ich habe mein Passwort vergessen.',
        answer: 'Verlangen Sie dort, wo Sie sich anmelden, ein neues: ein Link kommt per Mail.',
      },
      {
        question: 'Wie schütze ich mein Konto besser?',
        answer: 'Schalten Sie im Profil den Einmalcode ein: jede Anmeldung fragt dann danach.',
      },
    ],
  },
]

const topics: Readonly<Record<string, readonly Topic[]>> = { en: english, de: german }

/** The help in a language; in English where there is none in it. */
export function helpIn(language: string): HelpEntry[] {
  const ln = topics[language] ? language : 'en'
  return (topics[ln] ?? english).map(({ category, about, questions }, at) => ({
    id: `${ln}-${category}`,
    ord: at + 1,
    ln,
    category,
    category_desc: about,
    metadata: [...questions],
  }))
}
