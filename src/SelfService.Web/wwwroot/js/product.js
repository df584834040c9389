// The price beside the button is that of the variant that is chosen.
const form = document.getElementById("comprar");

form?.addEventListener("change", show);
show();

function show() {
  const chosen = form?.querySelector("input[name=Sku][data-price]:checked");
  if (chosen) {
    document.querySelectorAll(".price [data-price], .price[data-price]").forEach((price) => { price.textContent = chosen.dataset.price; });
  }
}
