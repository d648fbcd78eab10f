-- A page of a report as a document: links only to what is in it, numbers to the right, notes small, wide tables in
-- smaller letters or else on landscape pages, figures with their alternative texts.

local WIDE, CELL = 120, 22 -- letters: how wide a page is, and at least any cell that has so many
local WORD, LINE = 24, 60 -- letters: the longest word that is not broken, and what is wide enough for any text
local DENSE, ACROSS, WHOLE = "dense", "across", "whole" -- the classes of tables that are laid so
local FEW, LETTERS = 8, 2000 -- rows, and letters in them: a table with no more stands on one page
local to_typst = FORMAT == "typst"
local to_docx = FORMAT == "docx"

-- Twentieths of a point: the sides of a page and its margins; of a table how wide a letter is, and the edges of a cell.
local A4 = { short = 11906, long = 16838, side = 1247 }
local LETTER = { usual = to_docx and { 95, 160 } or { 82, 160 }, dense = to_docx and { 80, 110 } or { 70, 120 } }

local function raw(text)
  return pandoc.RawBlock(to_typst and "typst" or "openxml", text)
end

local function styled(blocks, style)
  return pandoc.Div(blocks, { ["custom-style"] = style })
end

-- The ids that a link can lead to.
local function ids_of(doc)
  local ids = {}
  local function note(element)
    ids[element.identifier] = true
  end
  doc:walk({ Header = note, Div = note, Span = note })
  return ids
end

local function without_dead_links(doc)
  local ids = ids_of(doc)
  return doc:walk({
    Link = function(link)
      local id = link.target:match("^#(.+)$")
      if id and ids[id] then
        return link
      end
      return link.content
    end,
  })
end

-- Tables

-- Calls change(cell, column, is_head) for each cell of some rows, with the column at which it begins.
local function each_of(rows, is_head, change)
  local taken = {} -- by column, in how many more rows a cell from above stands
  for _, row in ipairs(rows) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      while (taken[column] or 0) > 0 do
        taken[column] = taken[column] - 1
        column = column + 1
      end
      change(cell, column, is_head)
      for place = column, column + cell.col_span - 1 do
        taken[place] = cell.row_span - 1
      end
      column = column + cell.col_span
    end
    while (taken[column] or 0) > 0 do
      taken[column] = taken[column] - 1
      column = column + 1
    end
  end
end

local function each_cell(tbl, change)
  each_of(tbl.head.rows, true, change)
  for _, body in ipairs(tbl.bodies) do
    each_of(body.head, true, change)
    each_of(body.body, false, change)
  end
end

-- By column, the letters of its longest word and of its longest text.
local function letters(tbl)
  local least, most = {}, {}
  for place = 1, #tbl.colspecs do
    least[place], most[place] = 4, 4
  end
  each_cell(tbl, function(cell, place)
    if cell.col_span == 1 then
      local text = pandoc.utils.stringify(cell.contents)
      most[place] = math.max(most[place], math.min(utf8.len(text) or #text, LINE))
      for word in text:gsub("[-–]", "%0 "):gsub("–", "– "):gmatch("%S+") do -- a line can end behind a hyphen
        least[place] = math.max(least[place], math.min(utf8.len(word) or #word, WORD))
      end
    end
  end)
  return least, most
end

-- How wide the columns are at the least.
local function needed(least, letter)
  local sum = 0
  for _, one in ipairs(least) do
    sum = sum + one * letter[1] + letter[2]
  end
  return sum
end

-- How a table with so many letters in its columns is laid: as usual, in smaller letters, or across.
local function way(least, most)
  local sum = 2 * #most
  for _, one in ipairs(most) do
    sum = sum + math.min(one, CELL)
  end
  if sum <= WIDE then
    return nil
  end
  return needed(least, LETTER.dense) <= A4.short - 2 * A4.side and DENSE or ACROSS
end

-- How wide the columns are: none narrower than its longest word, and more where there is more text.
local function widths(tbl, least, most, class)
  local letter = class == DENSE and LETTER.dense or LETTER.usual
  local room = (class == ACROSS and A4.long or A4.short) - 2 * A4.side
  local sum, more = needed(least, letter), 0
  for place = 1, #tbl.colspecs do
    most[place] = math.max((most[place] - least[place]) * letter[1], 1)
    more = more + most[place]
  end
  local left = math.max(room - sum, 0)
  for place, column in ipairs(tbl.colspecs) do
    column[2] = (least[place] * letter[1] + letter[2] + left * most[place] / more) / math.max(room, sum)
  end
end

-- Whether a table is so short that it can stand on one page.
local function is_short(tbl)
  local rows, sum = 0, 0
  for _, body in ipairs(tbl.bodies) do
    rows = rows + #body.body
  end
  each_cell(tbl, function(cell)
    sum = sum + #pandoc.utils.stringify(cell.contents)
  end)
  return rows <= FEW and sum <= LETTERS
end

local function laid_out(tbl)
  for _, column in ipairs(tbl.colspecs) do
    column[1] = "AlignLeft"
  end
  local least, most = letters(tbl)
  local class = way(least, most)
  if class then
    tbl.classes:insert(class)
  end
  if to_docx or class then
    widths(tbl, least, most, class)
  end
  if is_short(tbl) then
    tbl.classes:insert(WHOLE)
  end
  local small = class == DENSE and " Small" or ""
  each_cell(tbl, function(cell, _, is_head)
    if cell.classes:includes("number") then
      cell.alignment = "AlignRight"
    end
    if to_docx then
      local words = pandoc.utils.blocks_to_inlines(cell.contents)
      local is_strong = is_head or cell.classes:includes("group")
      cell.contents = { styled({ pandoc.Para(words) }, (is_strong and "Table Head" or "Table Text") .. small) }
    elseif cell.classes:includes("group") then
      cell.contents = { pandoc.Plain({ pandoc.Strong(pandoc.utils.blocks_to_inlines(cell.contents)) }) }
    end
  end)
  return tbl
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

-- Figures: typst is told the alternative text, which pandoc does not tell it; other images than ours are words.

local function own(image)
  return not image.src:find("[:/\\]")
end

local function figure(fig)
  local image
  fig:walk({
    Image = function(one)
      image = one
    end,
  })
  if not image or not own(image) then
    return pandoc.Para(pandoc.utils.stringify(fig.content))
  end
  if to_typst then
    local alt = pandoc.utils.stringify(image.caption)
    local width = image.attributes.width or "100%"
    local caption = quoted(pandoc.utils.stringify(fig.caption.long))
    return raw("#drawing(" .. quoted(image.src) .. ", " .. width .. ", " .. quoted(alt) .. ", " .. caption .. ")")
  end
  return fig
end

-- Wide tables, which stand on landscape pages with the notes below them

local function section(landscape)
  local width, height, turned = A4.short, A4.long, ""
  if landscape then
    width, height, turned = A4.long, A4.short, ' w:orient="landscape"'
  end
  local size = string.format('<w:pgSz w:w="%d" w:h="%d"%s/>', width, height, turned)
  local margin = string.format(
    '<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="680" w:footer="680" w:gutter="0"/>',
    A4.side, A4.side, A4.side, A4.side
  )
  return raw('<w:p><w:pPr><w:pStyle w:val="Section"/><w:sectPr>' .. size .. margin .. "</w:sectPr></w:pPr></w:p>")
end

local function across(blocks)
  if to_typst then
    blocks:insert(1, raw("#across["))
    blocks:insert(raw("]"))
  else
    blocks:insert(1, section(false))
    blocks:insert(section(true))
  end
  return blocks
end

local function has(block, class)
  return block.t == "Table" and block.classes:includes(class)
end

local function is_note(block)
  local first = block.t == "Para" and block.content[1]
  return (block.t == "Div" and block.attributes["custom-style"] == "Note")
    or (first and first.t == "RawInline" and first.text == "#note[")
end

-- A table of a PDF with what its classes ask for around it.
local function dressed(block)
  local blocks = pandoc.List({ block })
  for _, class in ipairs({ DENSE, WHOLE }) do
    if to_typst and has(block, class) then
      blocks:insert(1, raw("#" .. class .. "["))
      blocks:insert(raw("]"))
    end
  end
  return blocks
end

local function with_wide_tables_across(blocks)
  local laid, place = pandoc.List(), 1
  while place <= #blocks do
    local group = pandoc.List()
    while place <= #blocks and (has(blocks[place], ACROSS) or (#group > 0 and is_note(blocks[place]))) do
      group:insert(blocks[place])
      place = place + 1
    end
    if #group > 0 then
      while #laid > 0 and laid[#laid].t == "Header" do -- a heading goes with its table
        group:insert(1, laid:remove())
      end
      laid:extend(across(group))
    else
      laid:extend(dressed(blocks[place]))
      place = place + 1
    end
  end
  return laid
end

-- A PDF's figure is told where the text before it ends, so that it can be a little smaller if it then has room there.

local function noted(block, number)
  local last = block
  while last.t == "BulletList" or last.t == "Div" do
    last = last.t == "Div" and last.content[#last.content] or last.content[#last.content][#last.content[#last.content]]
  end
  if last and (last.t == "Para" or last.t == "Plain") then
    -- before its last word, for what is behind it goes with the figure
    last.content:insert(#last.content, pandoc.RawInline("typst", "#end(" .. number .. ")"))
  end
end

local function with_ends_noted(blocks)
  local number = 0
  for place, block in ipairs(blocks) do
    if block.t == "RawBlock" and block.text:find("^#drawing") then
      number = number + 1
      local before = place - 1
      while before > 0 and blocks[before].t == "Header" do -- which go with the figure
        before = before - 1
      end
      if before > 0 then
        noted(blocks[before], number)
      end
      block.text = block.text:gsub("^#drawing%(", "#drawing(" .. place - 1 - before .. ", ")
    end
  end
end

-- Contents of a Word file: links to its headings in a field that Word can write anew

local function run(inner)
  return pandoc.RawInline("openxml", "<w:r>" .. inner .. "</w:r>")
end

local function contents(blocks, title)
  local entries = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t == "Header" and block.level <= 2 then
      local link = pandoc.Link(pandoc.utils.stringify(block.content), "#" .. block.identifier)
      entries:insert(styled({ pandoc.Para({ link }) }, "toc " .. block.level))
    end
  end
  if #entries > 0 then
    local first, last = entries[1].content[1].content, entries[#entries].content[1].content
    first:insert(1, run('<w:fldChar w:fldCharType="separate"/>'))
    first:insert(1, run('<w:instrText xml:space="preserve"> TOC \\o "1-2" \\n \\h \\z \\u </w:instrText>'))
    first:insert(1, run('<w:fldChar w:fldCharType="begin"/>'))
    last:insert(run('<w:fldChar w:fldCharType="end"/>'))
    entries:insert(1, styled({ pandoc.Para({ pandoc.Str(title) }) }, "TOC Heading"))
  end
  return entries
end

local function is_front(block)
  local style = block.t == "Div" and block.attributes["custom-style"]
  return style == "Subtitle" or style == "Body Text" or style == "State"
end

-- The blocks with the contents behind the front: the project, the period, the state.
local function with_contents(blocks, title)
  local place = 1
  while blocks[place] and is_front(blocks[place]) do
    place = place + 1
  end
  for number, entry in ipairs(contents(blocks, title)) do
    blocks:insert(place + number - 1, entry)
  end
  return blocks
end

local function notes(div)
  if div.classes:includes("scroll") then -- what a table of a page can be moved in
    return div.content
  end
  if to_docx and div.classes:includes("note") then
    return styled(div.content, "Note")
  end
  if to_docx and div.classes:includes("notice") then
    return styled(div.content, "Notice")
  end
  if to_typst and (div.classes:includes("note") or div.classes:includes("notice")) then
    local words = pandoc.utils.blocks_to_inlines(div.content)
    words:insert(1, pandoc.RawInline("typst", div.classes:includes("note") and "#note[" or "#notice["))
    words:insert(pandoc.RawInline("typst", "]"))
    return pandoc.Para(words)
  end
end

local function one_level_up(header)
  header.level = math.max(header.level - 1, 1)
  return header
end

function Pandoc(doc)
  doc = without_dead_links(doc)
  doc = doc:walk({ Header = one_level_up, Table = laid_out, Figure = figure, Div = notes })
  if to_typst then
    with_ends_noted(doc.blocks)
  end
  doc.blocks = with_wide_tables_across(doc.blocks)
  if to_docx then
    doc.blocks = with_contents(doc.blocks, pandoc.utils.stringify(doc.meta.contents))
    doc.meta.contents = nil
  end
  return doc
end
