/** The style of the pages of sign-in; the content security policy allows exactly this text. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #4d5b6a; --paper: #ffffff;
 --ground: #e9edf1; --line: #7a8794; --brand: #0b5a6b; --on-brand: #ffffff; --bad: #a3122a; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef2f5; --soft: #b4c0ca; --paper: #1a232d;
 --ground: #10161d; --line: #8494a3; --brand: #7fd0e0; --on-brand: #06222a; --bad: #ff9aa8; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem;
 background: var(--ground); color: var(--ink);
 font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--paper);
 border-radius: .75rem; box-shadow: 0 1px 3px rgb(0 0 0 / .25); }
.brand { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.5rem; font-weight: 600; }
.brand span { width: 1.4rem; height: 1.4rem; border: .3rem solid var(--brand);
 border-radius: .35rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1rem; color: var(--soft); overflow-wrap: anywhere; }
p.brand { color: var(--ink); }
.problem { padding: .6rem .8rem; border-left: .25rem solid var(--bad); color: var(--bad); }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input { width: 100%; padding: .6rem .7rem; border: 1px solid var(--line); border-radius: .4rem;
 background: var(--paper); color: var(--ink); font: inherit; }
input[aria-invalid] { border-color: var(--bad); }
.code { font-family: ui-monospace, monospace; }
button { width: 100%; margin: 1.5rem 0 1rem; padding: .7rem; border: 0; border-radius: .4rem;
 background: var(--brand); color: var(--on-brand); font: inherit; font-weight: 600;
 cursor: pointer; }
.cancel { display: block; text-align: center; color: var(--ink); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: .2rem solid var(--brand);
 outline-offset: .15rem; }
`
