/** Colours, light and matter of the figure, by the theme of the page. */
import * as T from "three";

export interface Theme {
  body: string; tee: string; cloth: string; shoe: string; left: string; right: string; prop: string; strap: string;
  wall: string; floor: string; shadow: number; shade: string; rim: string;
  sky: number; ground: string; key: number; fill: number;
}

export const THEMES: Record<"light" | "dark", Theme> = {
  light: {
    body: "#c9bcab", tee: "#fdfcf9", cloth: "#343b46", shoe: "#343b46", left: "#2f6fe0", right: "#e8702a",
    prop: "#a9b4b0", strap: "#5f6b6a", wall: "#a9b4b0", floor: "#e9e5dc", shadow: .30, shade: "#4a4032", rim: "#1b2027",
    sky: 2.05, ground: "#b8aa96", key: 1.45, fill: .3,
  },
  dark: {
    body: "#b3a89a", tee: "#dcdad4", cloth: "#4a5462", shoe: "#5a6573", left: "#6ea3ff", right: "#ff9650",
    prop: "#76837f", strap: "#94a19f", wall: "#76837f", floor: "#1d2228", shadow: .55, shade: "#000000", rim: "#05070a",
    sky: 2.25, ground: "#5b6470", key: 1.5, fill: .55,
  },
};

/** Matte, with an edge that darkens where the surface turns away: limbs stay apart when they cross. */
export function matte(colour: string, rim: string, amount = .42): T.MeshLambertMaterial {
  const m = new T.MeshLambertMaterial({ color: colour });
  m.onBeforeCompile = (s) => {
    s.uniforms.rim = { value: new T.Color(rim) };
    s.fragmentShader = s.fragmentShader.replace("#include <common>", "#include <common>\nuniform vec3 rim;")
      .replace("#include <dithering_fragment>", `#include <dithering_fragment>
        float facing = abs(dot(normalize(vViewPosition), normal));
        gl_FragColor.rgb = mix(gl_FragColor.rgb, rim, ${amount.toFixed(2)} * smoothstep(.52, .0, facing));`);
  };
  return m;
}
