// Says once that the article was in sight for ten seconds, or read to its middle. Without it a view still counts as a view.
const page = document.querySelector("[data-reading]");
const TIME = 10_000;
const STEP = 1_000;

if (page && navigator.sendBeacon) {
  const text = page.querySelector(".prose") ?? page;
  let seen = 0;
  let said = false;

  const timer = setInterval(() => {
    seen += document.visibilityState === "visible" ? STEP : 0;
    if (seen >= TIME) {
      say();
    }
  }, STEP);
  addEventListener("scroll", onScroll, { passive: true });

  function onScroll() {
    const { top, height } = text.getBoundingClientRect();
    // What fits on the screen was not scrolled to; time tells of it.
    if (height > innerHeight && innerHeight - top >= height / 2 + innerHeight / 2) {
      say();
    }
  }

  function say() {
    if (!said) {
      said = true;
      clearInterval(timer);
      removeEventListener("scroll", onScroll);
      navigator.sendBeacon(page.dataset.reading);
    }
  }
}
