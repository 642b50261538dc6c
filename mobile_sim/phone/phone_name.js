// What this phone is called in lists: enough to tell it from another.

import { w } from "/pages/kit/language.js";
import { platform } from "./platforms.js";

const NAMES = {
  ios: () => w("iPhone・iPad", "iPhone or iPad"),
  samsung: () => w("Androidのスマホ", "Android phone"),
  android: () => w("Androidのスマホ", "Android phone"),
  desktop: () => w("パソコン", "Computer"),
};

export const phoneName = () => NAMES[platform(navigator.userAgent, navigator.maxTouchPoints).name]?.() ?? w("スマホ", "Phone");
