using System.Globalization;
using System.Text;
using QRCoder;

namespace SelfService.Web.Components;

/// <summary>A QR code as one path, so that a page shows it without a second request and without styles of its own.</summary>
/// <param name="Size">Modules on a side, with the quiet zone.</param>
/// <param name="Path">The dark modules, one unit each.</param>
public sealed record QrCode(int Size, string Path)
{
    /// <summary>The code of a text.</summary>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < data.ModuleMatrix.Count; row++)
        {
            var modules = data.ModuleMatrix[row];
            for (var start = 0; start < modules.Count; start++)
            {
                var end = start;
                while (end < modules.Count && modules[end])
                {
                    end++;
                }

                if (end > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {row}h{end - start}v1h-{end - start}z");
                    start = end;
                }
            }
        }

        return new QrCode(data.ModuleMatrix.Count, path.ToString());
    }
}
