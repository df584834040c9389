using System.Globalization;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Content;
using SelfService.Web.Components;

namespace SelfService.Web.Startup;

/// <summary>Reads the company's profile; a broken file is reported and a neutral profile takes its place.</summary>
public sealed partial class CompanyLoader
{
    /// <summary>The profile in the content folder.</summary>
    public static CompanyProfile Load(string contentDirectory, ILoggerFactory loggers)
    {
        var path = Path.Combine(contentDirectory, CompanyFile.FileName);
        try
        {
            var problems = new List<ContentProblem>();
            var company = CompanyFile.Read(File.ReadAllBytes(path), problems);
            foreach (var problem in problems)
            {
                LeftOut(loggers.CreateLogger<CompanyLoader>(), path, ContentWordsReader.Describe(problem, CultureInfo.GetCultureInfo("es")));
            }

            return company;
        }
        catch (ContentException exception)
        {
            Broken(loggers.CreateLogger<CompanyLoader>(), path, exception.Problem.Line, ContentWordsReader.Describe(exception.Problem, CultureInfo.GetCultureInfo("es")));
        }
        catch (IOException exception)
        {
            Broken(loggers.CreateLogger<CompanyLoader>(), path, 0, exception.Message);
        }

        return CompanyProfile.Neutral;
    }

    /// <summary>Language the content is written in, from the locale of the file; Spanish when it cannot be read.</summary>
    public static CultureInfo Language(CompanyProfile company) => CultureInfo.GetCultureInfo(company.Locale[..2]);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: {Reason}")]
    private static partial void LeftOut(ILogger logger, string path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path}:{Line}: {Reason}. A neutral profile is used until it is mended.")]
    private static partial void Broken(ILogger logger, string path, int line, string reason);
}
