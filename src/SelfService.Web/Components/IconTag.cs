using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SelfService.Web.Components;

/// <summary>
/// <c>&lt;icon name="box" /&gt;</c>: a drawing from <c>wwwroot/img/icons.svg</c>. It is hidden from screen readers
/// because a word stands beside it; where none does, give it a <c>label</c>.
/// </summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTag(IFileVersionProvider versions) : TagHelper
{
    private const string Sprite = "img/icons.svg";

    /// <summary>Name of the symbol in the sprite.</summary>
    public required string Name { get; set; }

    /// <summary>Words for those who do not see the drawing; leave out when text beside it says the same.</summary>
    public string? Label { get; set; }

    /// <summary>Further classes, such as <c>icon-lg</c>.</summary>
    public string? Class { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Class is null ? "icon" : "icon " + Class);

        // Sizes on the element keep a page without its stylesheet readable.
        output.Attributes.SetAttribute("width", "20");
        output.Attributes.SetAttribute("height", "20");
        if (string.IsNullOrEmpty(Label))
        {
            output.Attributes.SetAttribute("aria-hidden", "true");
        }
        else
        {
            output.Attributes.SetAttribute("role", "img");
            output.Attributes.SetAttribute("aria-label", Label);
        }

        output.Content.AppendHtml("<use href=\"");
        output.Content.Append(Address() + "#" + Name);
        output.Content.AppendHtml("\"></use>");
    }

    // The name with a fingerprint is the one browsers keep for good; where pages do not know it, a version does.
    private string Address()
    {
        var context = ViewContext.HttpContext;
        return context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>() is { } assets
            ? context.Request.PathBase + "/" + assets[Sprite]
            : versions.AddFileVersionToPath(context.Request.PathBase, "/" + Sprite);
    }
}
