package render

import "strings"

// emojiNames are the names an app is likely to write; other names stay text,
// as an unknown emoji does in Slack.
var emojiNames = strings.NewReplacer(
	":white_check_mark:", "✅", ":heavy_check_mark:", "✔️", ":ballot_box_with_check:", "☑️",
	":x:", "❌", ":warning:", "⚠️", ":no_entry:", "⛔", ":rotating_light:", "🚨", ":exclamation:", "❗",
	":bell:", "🔔", ":alarm_clock:", "⏰", ":hourglass_flowing_sand:", "⏳", ":hourglass:", "⌛",
	":calendar:", "📆", ":date:", "📅", ":spiral_calendar_pad:", "🗓️",
	":memo:", "📝", ":pencil:", "✏️", ":pencil2:", "✏️", ":page_facing_up:", "📄", ":clipboard:", "📋",
	":file_folder:", "📁", ":open_file_folder:", "📂", ":card_index_dividers:", "🗂️", ":paperclip:", "📎",
	":email:", "✉️", ":envelope:", "✉️", ":incoming_envelope:", "📨", ":telephone_receiver:", "📞", ":phone:", "☎️",
	":lock:", "🔒", ":unlock:", "🔓", ":key:", "🔑", ":shield:", "🛡️", ":bust_in_silhouette:", "👤",
	":wave:", "👋", ":tada:", "🎉", ":eyes:", "👀", ":thumbsup:", "👍", ":+1:", "👍", ":pray:", "🙏",
	":smile:", "😄", ":slightly_smiling_face:", "🙂", ":thinking_face:", "🤔",
	":bar_chart:", "📊", ":chart_with_upwards_trend:", "📈", ":mag:", "🔍", ":link:", "🔗",
	":red_circle:", "🔴", ":large_orange_circle:", "🟠", ":large_yellow_circle:", "🟡",
	":large_green_circle:", "🟢", ":large_blue_circle:", "🔵", ":white_circle:", "⚪", ":black_circle:", "⚫",
	":speech_balloon:", "💬", ":question:", "❓", ":information_source:", "ℹ️", ":bulb:", "💡",
	":arrow_right:", "➡️", ":arrows_counterclockwise:", "🔄", ":wastebasket:", "🗑️", ":pushpin:", "📌",
)

func drawEmoji(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	return emojiNames.Replace(s)
}
