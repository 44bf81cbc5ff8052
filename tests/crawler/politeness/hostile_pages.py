# ruff: noqa: E501 - pages that try something, a line each
"""Pages whose scripts try to reach inside, never end, or take all there is."""

# What a page can do to send something to TARGET; each stands alone, so that one failure hides no other.
ATTEMPTS = """
fetch(TARGET + 'fetch')
fetch(TARGET + 'nocors', {mode: 'no-cors'})
fetch(TARGET + 'post', {method: 'POST', mode: 'no-cors', body: 'x', keepalive: true})
{ const x = new XMLHttpRequest(); x.open('GET', TARGET + 'xhr'); x.send() }
{ const x = new XMLHttpRequest(); x.open('GET', TARGET + 'sync', false); x.send() }
new Image().src = TARGET + 'img'
navigator.sendBeacon(TARGET + 'beacon', 'x')
new WebSocket(SOCKET + 'websocket')
new EventSource(TARGET + 'events')
new WebTransport(TARGET.replace('http:', 'https:') + 'transport')
import(TARGET + 'module')
window.open(TARGET + 'open')
window.open('about:blank').location = TARGET + 'opened'
new SharedWorker(TARGET + 'shared')
navigator.serviceWorker.register('/sw.js')
fetch('file:///etc/hostname')
fetch('/hop?to=' + encodeURIComponent(TARGET + 'hop'))
add('script', {src: TARGET + 'script'})
add('script', {src: '/hop?to=' + encodeURIComponent(TARGET + 'hopped')})
add('iframe', {src: TARGET + 'iframe'})
add('iframe', {srcdoc: '<img src=' + TARGET + 'srcdoc>'})
add('img', {srcset: TARGET + 'srcset 2x'})
add('video', {src: TARGET + 'video', autoplay: ''})
add('audio', {src: TARGET + 'audio', preload: 'auto'})
add('object', {data: TARGET + 'object'})
add('embed', {src: TARGET + 'embed'})
add('link', {rel: 'stylesheet', href: TARGET + 'style'})
add('link', {rel: 'preload', as: 'fetch', href: TARGET + 'preload'})
add('link', {rel: 'modulepreload', href: TARGET + 'modulepreload'})
add('link', {rel: 'prefetch', href: TARGET + 'prefetch'})
add('link', {rel: 'preconnect', href: TARGET})
add('link', {rel: 'dns-prefetch', href: TARGET})
add('link', {rel: 'icon', href: TARGET + 'icon'})
add('link', {rel: 'manifest', href: TARGET + 'manifest'})
add('style', {}, '@import "' + TARGET + 'import"; body { background: url(' + TARGET + 'background) }')
add('style', {}, '@font-face { font-family: f; src: url(' + TARGET + 'font) } body { font-family: f }')
add('script', {type: 'speculationrules'}, JSON.stringify({prerender: [{urls: [TARGET + 'prerender']}], prefetch: [{urls: [TARGET + 'speculated']}]}))
add('a', {href: TARGET + 'download', download: 'x'}).click()
add('a', {href: TARGET + 'blank', target: '_blank', ping: TARGET + 'ping'}).click()
{ const f = add('form', {action: TARGET + 'form', method: 'post', target: '_blank'}); f.submit() }
add('meta', {'http-equiv': 'refresh', content: '0;url=' + TARGET + 'refresh'})
new Worker(URL.createObjectURL(new Blob(['fetch("' + TARGET + 'worker"); new WebSocket("' + SOCKET + 'workersocket"); importScripts("' + TARGET + 'imported")'])))
{ const c = new RTCPeerConnection({iceServers: [{urls: 'stun:' + PLACE}, {urls: ['turn:' + PLACE + '?transport=tcp', 'turn:' + PLACE + '?transport=udp'], username: 'a', credential: 'b'}]}); c.createDataChannel('x'); c.createOffer().then(o => c.setLocalDescription(o)) }
""".strip().splitlines()

_TRYING = """<!doctype html><html><head><title>Trying</title></head><body><main id="m"></main><script>
const add = (name, attributes, text) => { const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (text) e.textContent = text; document.body.append(e); return e };
let tried = 0;
for (const PLACE of %s) { const TARGET = 'http://' + PLACE + '/', SOCKET = 'ws://' + PLACE + '/';
%s
}
document.getElementById('m').innerHTML =
  `<h2><a href="/2017/03/28/all-attempts-made-${tried}.html">All attempts were made here</a></h2>`;
%s
</script></body></html>"""


def trying(places: list[str], last: str = "") -> bytes:
    """A page that tries everything towards each of these places (host:port), and at last something more."""
    attempts = "\n".join(f"try {{ tried++; {attempt} }} catch (e) {{}}" for attempt in ATTEMPTS)
    return (_TRYING % (places, attempts, last)).encode()


def running(script: str) -> bytes:
    """A page with a headline, a link and this script."""
    return f"<!doctype html><html><head><title>Page</title></head><body><h1>Page</h1><script>{script}</script></body></html>".encode()


LINK = "document.body.innerHTML += '<main><h2><a href=/2017/03/28/the-page-is-still-there.html>The page is still there</a></h2></main>';"

# Scripts that never let the page come to an end, or take all there is: the page is given up.
ENDLESS = {
    "loop": "for (;;) {}",
    "requests": "for (let n = 0; n < 700; n++) fetch('/part' + n).catch(() => 0)",
    "dom": "document.body.hidden = true; document.body.append('x'.repeat(6e6))",
    "memory": "const all = []; for (;;) { const b = new Uint8Array(1 << 24); b.fill(1); all.push(b) }",
}
# What a page survives; the first does all of it, the others would not let one another.
NUISANCES = {
    "nuisance": f"""{LINK}
setInterval(() => fetch('/tick').catch(() => 0), 20);
window.onbeforeunload = () => 'stay';
Object.defineProperty(Element.prototype, 'outerHTML', {{get() {{ for (;;) {{}} }}}});
fetch('/endless'); fetch('/bytewise');
for (let n = 0; n < 20; n++) fetch('/part' + n).catch(() => 0);
for (let n = 0; n < 1000; n++) {{ alert(n); confirm(n); prompt(n) }}
for (let n = 0; n < 100; n++) window.open('/popup' + n);
for (let n = 0; n < 100; n++) history.pushState(0, '', '/s' + n);
const a = document.createElement('a'); a.href = '/file.zip'; a.download = 'f'; a.click();
document.cookie = 'seen=1'; print();""",
    "moving": f"{LINK} location.href = '/elsewhere'",
    "closing": f"{LINK} window.close()",
}
