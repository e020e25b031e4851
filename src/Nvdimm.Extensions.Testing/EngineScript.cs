namespace Nvdimm.Extensions.Testing;

/// <summary>What was scripted, in its order for each call. Not safe for several threads by itself.</summary>
internal sealed class EngineScript
{
    private readonly Dictionary<EngineCall, Queue<(ScriptedAnswer Answer, int Times)>> scripted = [];
    private readonly Dictionary<EngineCall, int> used = [];

    /// <summary>Adds an answer for some calls.</summary>
    public void Add(EngineCall call, ScriptedAnswer answer, int times)
    {
        if (!scripted.TryGetValue(call, out var answers))
        {
            scripted[call] = answers = new Queue<(ScriptedAnswer, int)>();
        }

        answers.Enqueue((answer, times));
    }

    /// <summary>The answer for the call that comes now; null where none is scripted.</summary>
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
