namespace Nvdimm.Extensions.Testing;

/// <summary>The scripted answers, in order for each kind of call. Not safe for use by several threads.</summary>
internal sealed class EngineScript
{
    private readonly Dictionary<EngineCall, Queue<(ScriptedAnswer Answer, int Times)>> scripted = [];
    private readonly Dictionary<EngineCall, int> used = [];

    /// <summary>Adds an answer for a number of calls.</summary>
    public void Add(EngineCall call, ScriptedAnswer answer, int times)
    {
        if (!scripted.TryGetValue(call, out var answers))
        {
            scripted[call] = answers = new Queue<(ScriptedAnswer, int)>();
        }

        answers.Enqueue((answer, times));
    }

    /// <summary>Takes the answer for the next call; null if none is scripted.</summary>
    public ScriptedAnswer? Next(EngineCall call)
    {
        if (!scripted.TryGetValue(call, out var answers) || !answers.TryPeek(out var first))
        {
            return null;
        }

        used[call] = used.GetValueOrDefault(call) + 1;
        if (used[call] == first.Times)
        {
            answers.Dequeue();
            used[call] = 0;
        }

        return first.Answer;
    }
}
