/** The key and the sheet of voice commands: what may be said stands in the page, in its language. */
import { Ear, type Hearing, type Order, type Orders, recognition } from "../device/hear";
import { dialog, found } from "./parts";

export function listening(obey: (order: Order) => void, pause: () => void, resume: () => void): Ear | null {
  const own = recognition(), key = found('[data-do="listen"]');
  if (!own) return null;
  own.lang = document.documentElement.lang || "en";
  const sheet = dialog("listen");
  const orders = [...sheet.querySelectorAll<HTMLElement>("[data-order]")].map((one) =>
    [one.dataset.order, one.dataset.words!.split(",").map((way) => way.trim().toLowerCase())]) as Orders;
  const tell = (state: Hearing) => {
    key.dataset.state = state;
    key.setAttribute("aria-pressed", String(state === "on" || state === "waits"));
  };
  const ear = new Ear(own, orders, obey, tell);
  tell("off");
  key.hidden = false;
  key.addEventListener("click", () => {
    if (ear.isOn) return ear.switch(false);
    pause();
    sheet.showModal();
  });
  const close = (isOn: boolean) => {
    sheet.close();
    ear.switch(isOn);
    resume();
  };
  found('[data-listen="on"]', sheet).addEventListener("click", () => close(true));
  found('[data-listen="off"]', sheet).addEventListener("click", () => close(false));
  sheet.addEventListener("cancel", (event) => { event.preventDefault(); close(false); });
  return ear;
}
