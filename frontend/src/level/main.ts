/** The inclinometer's island: the phone on the leg reads a test, and what it read goes into the form as if typed. */
import { found } from "../player/page";
import { Level, type Told } from "./level";

const offer = document.getElementById("level-offer"), form = document.querySelector<HTMLFormElement>(".measure-form");
if (offer && form) {
  const told = JSON.parse(found("#level-told").textContent!) as Told;
  const isPhone = matchMedia("(pointer: coarse)").matches;
  const chosen = () => (new FormData(form).get("method") as string | null) ?? "";
  const look = () => { offer.hidden = !chosen().startsWith("phone"); };
  for (const one of offer.querySelectorAll<HTMLElement>("[data-for]")) one.hidden = (one.dataset.for === "phone") !== isPhone;
  form.addEventListener("change", look);
  look();
  const level = new Level(form, told);
  found("[data-level=open]", offer).addEventListener("click", () => level.open());
}
