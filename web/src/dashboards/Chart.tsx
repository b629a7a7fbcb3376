import { BarChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsCoreOption } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef, type ReactElement } from "react";

import { useTheme } from "../app/theme";

register([BarChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

export interface Series {
  name: string;
  tone: "bad" | "warn" | "good" | "info" | "calm";
  values: number[];
}

interface Props {
  label: string;
  categories: string[];
  series: Series[];
  sideways?: boolean;
  onPick?: (index: number) => void;
}

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Bars with their figures written on them, patterned so that no colour has to be told apart. The table below says the same. */
export default function Chart({ label, categories, series, sideways = false, onPick }: Props): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  const { dark } = useTheme();
  const height = sideways ? Math.max(180, categories.length * 34 + 70) : 280;
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const chart = init(element, null, { renderer: "svg" });
    chart.setOption(options(label, categories, series, sideways));
    chart.on("click", (event) => pick.current?.(event.dataIndex));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [label, categories, series, sideways, dark]);
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />;
}

function options(label: string, categories: string[], series: Series[], sideways: boolean): EChartsCoreOption {
  const words = { color: colour("ink-2"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 13 };
  // Every bar bears its name; a long one is broken into lines where bars stand side by side.
  const axisLabel = sideways ? words : { ...words, interval: 0, width: 64, overflow: "break" };
  const names = { type: "category", data: categories, inverse: sideways, axisTick: { show: false }, axisLabel };
  const numbers = {
    type: "value",
    minInterval: 1,
    axisLabel: words,
    splitLine: { lineStyle: { color: colour("line") } },
  };
  return {
    animation: false,
    aria: { enabled: true, label: { description: label }, decal: { show: series.length > 1 } },
    textStyle: words,
    grid: { left: 8, right: 32, top: series.length > 1 ? 40 : 16, bottom: 8, containLabel: true },
    legend: series.length > 1 ? { top: 0, textStyle: words } : undefined,
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, confine: true },
    [sideways ? "yAxis" : "xAxis"]: names,
    [sideways ? "xAxis" : "yAxis"]: numbers,
    series: series.map((one) => ({
      name: one.name,
      type: "bar",
      stack: series.length > 1 ? "all" : undefined,
      barMaxWidth: 46,
      itemStyle: { color: colour(one.tone) },
      label: {
        show: true,
        position: series.length > 1 ? "inside" : sideways ? "right" : "top",
        color: series.length > 1 ? colour("card") : colour("ink"),
        formatter: ({ value }: { value: number }) => (value ? String(value) : ""),
      },
      data: one.values,
    })),
  };
}
