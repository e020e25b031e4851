using System.Diagnostics;
using Microsoft.Extensions.Logging.Console;

namespace Nvdimm.Page;

/// <summary>
/// Logs one line per request to standard error: method, path, status, milliseconds, user; never queries, headers or bodies.
/// </summary>
internal static partial class RequestLog
{
    /// <summary>The category of the lines.</summary>
    public const string Category = "Nvdimm.Requests";
    private const string Nobody = "-";

    /// <summary>
    /// Logs requests, and warnings of everything else. The program itself reports in one line that it cannot listen.
    /// </summary>
    public static ILoggingBuilder AddRequestLog(this ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter(Category, LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }

    /// <summary>Writes a line after each request.</summary>
    public static void UseRequestLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path.ToUriComponent();
            var began = Stopwatch.GetTimestamp();
            var isDone = false;
            try
            {
                await next(context);
                isDone = true;
            }
            finally
            {
                var status = isDone || context.Response.HasStarted ? context.Response.StatusCode : StatusCodes.Status500InternalServerError;
                Answered(
                    log, context.Request.Method, path, status, Stopwatch.GetElapsedTime(began).TotalMilliseconds,
                    context.User.Identity?.Name ?? Nobody);
            }
        });
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} {Path} {Status} {Milliseconds:0} ms {User}")]
    private static partial void Answered(ILogger log, string method, string path, int status, double milliseconds, string user);
}
