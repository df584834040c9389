using System.Globalization;
using SelfService.Core.Company;

namespace SelfService.Web.Mail;

/// <summary>
/// The frame and the look of the HTML part. Styles stand on the elements, because mail programs drop the rest; only what a dark
/// screen needs is said once, for those that keep it.
/// </summary>
public static class MailLook
{
    internal const string Paragraph = "margin:0 0 16px";
    internal const string List = "margin:0 0 16px;padding-left:24px";
    internal const string Link = "color:inherit;text-decoration:underline";
    internal const string Small = "margin:-8px 0 16px;font-size:13px;color:#57606a;overflow-wrap:anywhere";
    internal const string Quote = "margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid #c9ced4;overflow-wrap:anywhere";

    private const double ButtonLightness = 0.46;
    private const double DarkButtonLightness = 0.8;

    /// <summary>Style of the one link that the mail is for.</summary>
    public static string Button(BrandColour brand) =>
        $"display:inline-block;padding:12px 20px;border-radius:8px;background:{Hex(brand, ButtonLightness)};color:#ffffff;font-weight:600;text-decoration:none";

    /// <summary>A whole document.</summary>
    /// <param name="title">Subject of the mail.</param>
    /// <param name="body">HTML of a <see cref="MailBody"/>.</param>
    /// <param name="foot">Lines under it, as HTML.</param>
    public static string Document(string language, string title, string body, IEnumerable<string> foot, CompanyProfile company)
    {
        var dark = Hex(company.Brand, DarkButtonLightness);
        return $$"""
            <!doctype html>
            <html lang="{{MailBody.Escape(language)}}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>{{MailBody.Escape(title)}}</title>
            <style>
            @media (prefers-color-scheme: dark) {
            .page { background: #14181c !important; color: #e8eaed !important; }
            .quiet { color: #a8b0b8 !important; }
            .rule, .quote { border-color: #3c444c !important; }
            .button { background: {{dark}} !important; color: #101418 !important; }
            }
            </style>
            </head>
            <body class="page" style="margin:0;padding:0;background:#ffffff;color:#1c2127">
            <div class="page" style="max-width:560px;margin:0 auto;padding:24px 20px;background:#ffffff;color:#1c2127;font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
            <p style="margin:0 0 24px;font-size:18px;font-weight:700">{{MailBody.Escape(company.Name)}}</p>
            {{body}}
            <div class="rule quiet" style="margin-top:32px;padding-top:16px;border-top:1px solid #dfe3e7;font-size:13px;color:#57606a">
            {{string.Join('\n', foot.Select(line => $"<p style=\"margin:0 0 8px\">{line}</p>"))}}
            </div>
            </div>
            </body>
            </html>

            """;
    }

    /// <summary>The brand's hue at a lightness, as mail programs understand it. Source: B. Ottosson, "A perceptual color space for image processing", 2020.</summary>
    /// <param name="lightness">OKLCH lightness, 0 to 1.</param>
    public static string Hex(BrandColour brand, double lightness)
    {
        var (sin, cos) = Math.SinCos(brand.Hue * Math.PI / 180);
        var (a, b) = (brand.Chroma * cos, brand.Chroma * sin);
        var l = Math.Pow(lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
        var m = Math.Pow(lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
        var s = Math.Pow(lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
        return string.Create(CultureInfo.InvariantCulture, $"#{Channel((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)):x2}{Channel((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)):x2}{Channel((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)):x2}");
    }

    private static int Channel(double linear) =>
        (int)Math.Round(255 * Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055, 0, 1));
}
