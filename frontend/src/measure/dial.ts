/** The dial of the inclinometer: degree for degree, zero at the top. */

const X = 175;
const Y = 200;
const RIM = 150;

const point = (degrees: number, far: number): string => {
  const a = (degrees * Math.PI) / 180;
  return `${(X + far * Math.sin(a)).toFixed(1)} ${(Y - far * Math.cos(a)).toFixed(1)}`;
};

export class Dial {
  private isFull: boolean;

  constructor(private svg: SVGElement, low: number, high: number) {
    this.isFull = high > 100;
    const from = this.isFull ? Math.max(-90, Math.min(0, Math.floor(low / 30) * 30)) : -90, to = this.isFull ? 180 : 90;
    const ticks: string[] = [];
    for (let at = from; at <= to; at += 10) {
      const isLong = at % 30 === 0;
      const way = `M${point(at, RIM)}L${point(at, RIM + (isLong ? 10 : 6))}`;
      ticks.push(`<path class="${isLong ? "tick long" : "tick"}" d="${way}"/>`);
      if (!isLong || Math.abs(at) >= 180) continue;
      const [x, y] = point(at, RIM + 22).split(" ");
      ticks.push(`<text x="${x}" y="${y}" dy="5" text-anchor="middle">${Math.abs(at)}</text>`);
    }
    svg.setAttribute("viewBox", this.isFull ? "0 12 350 360" : "0 12 350 208");
    const zero = `<path class="zero" d="M${point(0, 0)}L${point(0, RIM - 6)}"/>`;
    const hub = `<circle class="hub" cx="${X}" cy="${Y}" r="11"/>`;
    svg.innerHTML = `${ticks.join("")}<path class="wedge"/>${zero}<path class="needle"/>${hub}`;
  }

  show(value: number | null): void {
    const at = Math.max(-175, Math.min(175, value ?? 0)), far = RIM - 12;
    const arc = `A${far} ${far} 0 0 ${at < 0 ? 0 : 1} ${point(at, far)}`;
    const wedge = value === null ? "" : `M${X} ${Y}L${point(0, far)}${arc}Z`;
    this.svg.querySelector(".wedge")!.setAttribute("d", wedge);
    this.svg.querySelector(".needle")!.setAttribute("d", value === null ? "" : `M${X} ${Y}L${point(at, far)}`);
  }
}
