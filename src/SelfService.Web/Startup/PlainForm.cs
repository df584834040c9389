namespace SelfService.Web.Startup;

/// <summary>Forms that endpoints read themselves.</summary>
public static class PlainForm
{
    /// <summary>The form; null for what is none, ends too early, or has too many or too long fields.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync() : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return null;
        }
    }
}
