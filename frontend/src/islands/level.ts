/** The inclinometer's island: the phone on the leg reads a test, and what it read goes into the form as if typed. */
import { readByPhone } from "../contract/test";
import { Level } from "../measure/level";
import { found } from "../page/parts";

const offer = document.getElementById("level-offer"), form = document.querySelector<HTMLFormElement>(".measure-form");
if (offer && form) {
  const test = readByPhone(JSON.parse(found("#level-told").textContent!));
  const isPhone = matchMedia("(pointer: coarse)").matches;
  const chosen = () => (new FormData(form).get("method") as string | null) ?? "";
  const look = () => { offer.hidden = !test.methods.includes(chosen()); };
  const parts = offer.querySelectorAll<HTMLElement>("[data-for]");
  for (const one of parts) one.hidden = (one.dataset.for === "phone") !== isPhone;
  form.addEventListener("change", look);
  look();
  const level = new Level(form, test);
  found("[data-level=open]", offer).addEventListener("click", () => level.open());
}
