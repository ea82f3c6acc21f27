/** What follows '#' stays in the browser: it goes to the server now, which knows the page. */
if (location.hash.length > 1) {
  location.replace(`/public/go?at=${encodeURIComponent(location.hash)}`)
}
