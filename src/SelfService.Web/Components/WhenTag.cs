using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SelfService.Web.Components;

/// <summary>
/// <c>&lt;when at="@utc" /&gt;</c>: a moment as people say it, with the exact one for machines in a
/// <c>&lt;time&gt;</c> element. <c>day-only</c> leaves the hour out.
/// </summary>
[HtmlTargetElement("when", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTag(SpokenMoment spoken) : TagHelper
{
    /// <summary>The moment, in UTC.</summary>
    public required DateTime At { get; set; }

    public bool DayOnly { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", DayOnly ? spoken.ExactDay(At) : spoken.Exact(At));
        output.Content.SetContent(DayOnly ? spoken.Day(At) : spoken.Moment(At));
    }
}
