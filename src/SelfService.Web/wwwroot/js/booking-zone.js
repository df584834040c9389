// Hours are shown on the clock of the customer's device: once, and only where nobody has chosen a clock yet.
const zone = document.querySelector("select[data-zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (zone?.dataset.zone && here && here !== zone.dataset.zone && differs(here, zone.dataset.zone)) {
  const address = new URL(location.href);
  address.searchParams.set("zona", here);
  location.replace(address);
}

// Two names of the same hours need no second page.
function differs(one, other) {
  const parts = (timeZone) => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short", timeStyle: "long" });
  const moments = [0, 90, 180, 270].map((days) => new Date(Date.now() + days * 86_400_000));
  const clock = (timeZone) => moments.map((moment) => parts(timeZone).formatToParts(moment).filter((p) => p.type === "hour" || p.type === "minute" || p.type === "day").map((p) => p.value).join(":")).join();
  return clock(one) !== clock(other);
}

// Choosing is enough; without a script the button beside it does the same.
for (const select of document.querySelectorAll("[data-booking-zone] select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
