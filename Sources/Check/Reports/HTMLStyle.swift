import Cryptography
import FoundationEssentials

/// How the page looks.
enum HTMLStyle {
  /// The source that the page's policy allows: this style and no other.
  static let source = "'sha256-\(Data(SHA256.digest(Array(text.utf8))).base64EncodedString())'"

  static let text = """

    :root { color-scheme: light dark; --paper: #fff; --ink: #1c2128; --soft: #5b6470; --line: #d5dae1;
      --band: #f4f6f8; --good: #1a6e35; --goodband: #e3f4e7; --bad: #b3202c; --badband: #fdeaea;
      --open: #855300; --openband: #fdf2da; --calm: #2a5aa8; --calmband: #e7eefb; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14181d; --ink: #e3e8ee; --soft: #9ba6b3;
      --line: #353d47; --band: #1c2229; --good: #6fd08c; --goodband: #17301f; --bad: #ff8d8d;
      --badband: #3b1c1f; --open: #edbd65; --openband: #362a12; --calm: #93b8f5; --calmband: #1b2a45; } }
    * { box-sizing: border-box }
    body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 76rem; background: var(--paper);
      color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif }
    h1 { margin: 0; font-size: 1.7rem; line-height: 1.25 }
    h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; border-bottom: 2px solid var(--line);
      padding-bottom: .3rem }
    h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere }
    p { margin: .4rem 0 }
    code, .id { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .88em;
      overflow-wrap: anywhere }
    .soft { color: var(--soft) }
    .verdict { margin: 1.25rem 0; padding: .9rem 1.1rem; border-left: .4rem solid; border-radius: .3rem;
      font-size: 1.15rem; font-weight: 600 }
    .verdict small { display: block; font-size: .95rem; font-weight: 400; color: var(--ink) }
    .good { color: var(--good); background: var(--goodband) }
    .bad { color: var(--bad); background: var(--badband) }
    .open { color: var(--open); background: var(--openband) }
    .calm { color: var(--calm); background: var(--calmband) }
    .mark { display: inline-block; padding: .05rem .55rem; border-radius: 1rem; font-size: .85rem;
      font-weight: 600; white-space: nowrap }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: 1rem 0 }
    dt { color: var(--soft) }
    dd { margin: 0; overflow-wrap: anywhere }
    .counts { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1.5rem 0 .5rem }
    .counts label { flex: 1 1 7rem; padding: .6rem .8rem; border: 2px solid var(--line); border-radius: .4rem;
      cursor: pointer; line-height: 1.3 }
    .counts b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums }
    .choice { position: absolute; opacity: 0; pointer-events: none }
    table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .93rem }
    th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left;
      vertical-align: top; overflow-wrap: anywhere }
    thead th, thead td { color: var(--soft); font-weight: 600; border-bottom-width: 2px; overflow-wrap: normal }
    tbody th { overflow-wrap: break-word; min-width: 5.5rem }
    article { margin: 1rem 0; padding: .9rem 1.1rem; border: 1px solid var(--line); border-radius: .4rem;
      content-visibility: auto; contain-intrinsic-size: auto 12rem }
    article > .where { color: var(--soft); margin: .15rem 0 .4rem; overflow-wrap: anywhere }
    .scroll { overflow-x: auto }
    details { margin: .5rem 0 }
    summary { cursor: pointer; padding: .3rem 0; font-weight: 600 }
    .hint { padding-left: 1.4rem; position: relative }
    .hint::before { content: "→"; position: absolute; left: 0 }
    footer { margin-top: 3rem; color: var(--soft); font-size: .9rem }
    @media (max-width: 40rem) { body { padding: 1rem .8rem 3rem } dl { grid-template-columns: 1fr; gap: 0 }
      dd { margin-bottom: .6rem } }
    @media print { @page { margin: 15mm } body { padding: 0; max-width: none; font-size: 10pt }
      :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --band: #fff }
      .verdict, .mark { print-color-adjust: exact } thead { display: table-header-group }
      tr, article > p { break-inside: avoid } h2, h3 { break-after: avoid } .scroll { overflow: visible }
      article { content-visibility: visible } .unprinted { display: none }
      .status:not(.status-pass) details::details-content { content-visibility: visible; block-size: auto }
      .counts label { flex-basis: 4rem; padding: .3rem .5rem } .counts b { font-size: 1.1rem } }

    """ + choices + "\n"

  /// The choice of a status hides the sections of the others.
  private static let choices = HTMLMark.choices.map { choice in
    let label = "label[for=show-\(choice)]"
    let hidden =
      choice == "all"
      ? "" : "#show-\(choice):checked ~ main .status:not(.status-\(choice)) { display: none }\n"
    return hidden + "#show-\(choice):checked ~ main \(label) { border-color: currentColor }\n"
      + "#show-\(choice):focus-visible ~ main \(label) { outline: 3px solid var(--calm); outline-offset: 2px }"
  }.joined(separator: "\n")
}

/// How a status shows: a sign and words beside a colour.
enum HTMLMark {
  /// Those that can be chosen to be shown.
  static let choices = ["all"] + RowResult.Status.allCases.map(\.rawValue)

  static func sign(_ status: RowResult.Status) -> String {
    switch status {
    case .pass: "✓"
    case .diff: "✗"
    case .inconclusive: "?"
    case .unproved: "~"
    case .waived: "◇"
    case .notRun: "–"
    }
  }

  /// The class of its colours. Green is for what is as ordered only.
  static func tone(_ status: RowResult.Status) -> String {
    switch status {
    case .pass: "good"
    case .diff: "bad"
    case .inconclusive, .unproved: "open"
    case .waived, .notRun: "calm"
    }
  }

  static func mark(_ status: RowResult.Status) -> String {
    #"<span class="mark \#(tone(status))">\#(sign(status)) \#(status.label)</span>"#
  }
}
