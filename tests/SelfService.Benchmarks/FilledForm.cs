using System.Net;
using System.Text.RegularExpressions;

namespace SelfService.Benchmarks;

/// <summary>A request form as a browser holds it: its hidden fields, its cookie, and what was typed.</summary>
internal sealed partial class FilledForm
{
    // Forms sent sooner are taken for a machine's.
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string address;
    private readonly string cookies;
    private readonly List<KeyValuePair<string, string>> fields;

    private FilledForm(string address, string cookies, List<KeyValuePair<string, string>> fields) => (this.address, this.cookies, this.fields) = (address, cookies, fields);

    /// <summary>The key under which it is sent.</summary>
    public Guid Key => Guid.Parse(fields.Single(f => f.Key == "Key").Value);

    /// <summary>Opens the form and types into it, however often the server has to be asked.</summary>
    public static async Task<FilledForm> OpenAsync(HttpClient http, string email, TimeSpan patience)
    {
        var address = $"solicitudes/{FormContent.Form}";
        var (page, cookies) = await PatientlyAsync(patience, async () =>
        {
            using var answer = await http.GetAsync(address);
            answer.EnsureSuccessStatusCode();
            var set = answer.Headers.TryGetValues("Set-Cookie", out var values) ? string.Join("; ", values.Select(v => v.Split(';')[0])) : "";
            return (await answer.Content.ReadAsStringAsync(), set);
        });
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        var fields = Hidden().Matches(main).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).ToList();
        fields.AddRange(
        [
            new("contact-name", "María Fernanda Hernández"), new("contact-email", email), new("falla", "lento"), new("mensaje", "Se corta cada tarde desde el lunes; ya reinicié el Nodo 6."),
        ]);
        await Task.Delay(Typing);
        return new FilledForm(address, cookies, fields);
    }

    /// <summary>Sends it until the server says that it has it.</summary>
    /// <returns>Where the answer leads, and how often it was sent.</returns>
    public async Task<(string Location, int Attempts)> SendUntilAnsweredAsync(HttpClient http, TimeSpan patience)
    {
        var attempts = 0;
        var location = await PatientlyAsync(patience, async () =>
        {
            attempts++;
            return await SendAsync(http);
        });
        return (location, attempts);
    }

    /// <summary>Sends it once.</summary>
    /// <exception cref="InvalidOperationException">The form was refused.</exception>
    public async Task<string> SendAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookies);
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther)
        {
            return answer.Headers.Location!.ToString();
        }

        throw (int)answer.StatusCode >= 500
            ? new HttpRequestException($"answered {(int)answer.StatusCode}")
            : new InvalidOperationException($"refused with {(int)answer.StatusCode}: {ErrorSummary().Match(await answer.Content.ReadAsStringAsync()).Value}");
    }

    /// <summary>Sends it once.</summary>
    /// <param name="typed">What must come back in the page when it could not be taken.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="InvalidOperationException">It was not taken, and what was typed is gone.</exception>
    public async Task<bool> TrySendAsync(HttpClient http, string typed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookies);
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther)
        {
            return true;
        }

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        return page.Contains(typed, StringComparison.Ordinal) ? false : throw new InvalidOperationException($"answered {(int)answer.StatusCode} without what was typed");
    }

    private static async Task<T> PatientlyAsync<T>(TimeSpan patience, Func<Task<T>> ask)
    {
        var until = DateTime.UtcNow + patience;
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && DateTime.UtcNow < until)
            {
                await Task.Delay(Pause);
            }
        }
    }

    [GeneratedRegex("""<input(?=[^>]*type="hidden")(?=[^>]*\bname="([^"]+)")(?=[^>]*\bvalue="([^"]*)")[^>]*>""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""<div class="error-summary".*?</div>""", RegexOptions.Singleline)]
    private static partial Regex ErrorSummary();
}
