// Says that the article was in sight for ten seconds, or read to its middle; and of one that was left before, that it was shown at
// all. Without it a view still counts as a view of somebody unknown.
const page = document.querySelector("[data-reading]");
const TIME = 10_000;
const STEP = 1_000;

if (page && navigator.sendBeacon) {
  const text = page.querySelector(".prose") ?? page;
  let seen = 0;
  let said = "";

  const timer = setInterval(() => {
    seen += document.visibilityState === "visible" ? STEP : 0;
    if (seen >= TIME) {
      say("leido");
    }
  }, STEP);
  addEventListener("scroll", onScroll, { passive: true });
  document.addEventListener("visibilitychange", onLeave);
  addEventListener("pagehide", onLeave);

  function onScroll() {
    const { top, height } = text.getBoundingClientRect();
    // What fits on the screen was not scrolled to; time tells of it.
    if (height > innerHeight && innerHeight - top >= height / 2 + innerHeight / 2) {
      say("leido");
    }
  }

  function onLeave(event) {
    if (!said && (event.type === "pagehide" || document.visibilityState === "hidden")) {
      say("visto");
    }
  }

  function say(what) {
    if (said === "leido" || said === what) {
      return;
    }

    said = what;
    if (what === "leido") {
      clearInterval(timer);
      removeEventListener("scroll", onScroll);
    }

    navigator.sendBeacon("/eventos", new URLSearchParams({ articulo: page.dataset.reading, que: what }));
  }
}
