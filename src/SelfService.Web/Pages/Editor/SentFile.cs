namespace SelfService.Web.Pages.Editor;

/// <summary>A file of a form.</summary>
internal static class SentFile
{
    /// <summary>All of it; its length is known, and limited by the page.</summary>
    public static async Task<byte[]> BytesAsync(this IFormFile file, CancellationToken cancel)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }
}
