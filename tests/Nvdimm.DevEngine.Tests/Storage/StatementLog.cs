using System.Diagnostics;
using Nvdimm.DevEngine.Storage;

namespace Nvdimm.DevEngine.Tests.Storage;

/// <summary>The statements that one database was asked, as its activities tell them.</summary>
internal sealed class StatementLog : IDisposable
{
    private readonly ActivityListener listener;
    private readonly List<(string Sql, int Rows)> statements = [];

    public StatementLog(string database)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineSession.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (database.Equals(activity.GetTagItem("db.namespace")))
                {
                    lock (statements)
                    {
                        statements.Add(((string)activity.GetTagItem("db.query.text")!, activity.GetTagItem("db.response.returned_rows") as int? ?? 1));
                    }
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The statements since the last time, each with its number of rows.</summary>
    public List<(string Sql, int Rows)> Take()
    {
        lock (statements)
        {
            var taken = statements.ToList();
            statements.Clear();
            return taken;
        }
    }

    public void Dispose() => listener.Dispose();
}
