// Says what a slider stands at while it is moved; the words and the reasons are the page's own.
for (const slider of document.querySelectorAll("[data-slider]")) {
  const input = slider.querySelector("input"), steps = slider.querySelectorAll("li");
  input.addEventListener("input", () => {
    const { says, because = "" } = steps[Number(input.value)].dataset;
    slider.querySelector("output").textContent = says;
    slider.querySelector("[data-lock]").textContent = because;
    input.setAttribute("aria-valuetext", because ? `${says}. ${because}` : says);
  });
}
