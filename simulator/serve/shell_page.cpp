#include "serve/shell_page.hpp"

namespace portdrought::serve {

std::string_view shell_html() {
    return R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>portdrought, live</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/live.css">
<script src="/live.js" defer></script>
</head>
<body>
<header><p id="line">portdrought</p><button id="pause" type="button" aria-pressed="false">Pause</button></header>
<main>
<noscript><p>This page keeps itself up to date with JavaScript. <a href="/report">The report as of now</a></p></noscript>
<iframe title="report"></iframe>
<iframe title="report, next" class="behind" aria-hidden="true" tabindex="-1"></iframe>
</main>
</body>
</html>
)html";
}

std::string_view shell_script() {
    return R"js('use strict';
(() => {
  const line = document.getElementById('line');
  const pause = document.getElementById('pause');
  const frames = [...document.querySelectorAll('iframe')];
  let front = frames[0], back = frames[1], shown = 0, loading = false, paused = false, ended = false, misses = 0;

  // The state of the page that was shown is that of the next one: its address behind #, and how far it was scrolled.
  function exchange(version) {
    loading = true;
    const before = front.contentWindow;
    const hash = shown > 0 ? before.location.hash : location.hash;
    back.onload = () => {
      back.onload = null;
      back.contentWindow.scrollTo(before.scrollX, before.scrollY);
      const focused = document.activeElement === front;
      [front, back] = [back, front];
      front.classList.remove('behind');
      front.removeAttribute('aria-hidden');
      front.removeAttribute('tabindex');
      front.title = 'report';
      back.classList.add('behind');
      back.setAttribute('aria-hidden', 'true');
      back.tabIndex = -1;
      if (focused) front.focus();
      shown = version;
      loading = false;
    };
    back.contentWindow.location.replace('/report?v=' + version + hash);
  }

  async function look() {
    try {
      const answer = await fetch('/state', {cache: 'no-store'});
      if (!answer.ok) throw new Error(answer.statusText);
      const state = await answer.json();
      misses = 0;
      line.textContent = state.line;
      ended = state.ended;
      if (state.version > shown && !loading && !paused) exchange(state.version);
    } catch {
      misses += 1;
      if (misses === 2) line.textContent += ' (portdrought has ended; this page stays as it is)';
    }
    if (misses < 5) setTimeout(look, ended ? 5000 : 1000);
  }

  pause.addEventListener('click', () => {
    paused = !paused;
    pause.textContent = paused ? 'Go on' : 'Pause';
    pause.setAttribute('aria-pressed', String(paused));
  });
  look();
})();
)js";
}

std::string_view shell_style() {
    return R"css(:root { color-scheme: light dark; }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; font: 14px/1.4 system-ui, sans-serif; }
header { display: flex; gap: 1em; align-items: center; padding: .3em .8em; border-bottom: 1px solid GrayText; }
#line { flex: 1; margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
button { font: inherit; padding: .2em .8em; }
main { position: relative; flex: 1; }
iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; }
.behind { visibility: hidden; }
)css";
}

std::string_view shell_policy() {
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
           "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace portdrought::serve
