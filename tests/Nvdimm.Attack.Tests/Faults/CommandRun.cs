namespace Nvdimm.Attack.Tests.Faults;

/// <summary>How a command ended.</summary>
/// <param name="Status">Its exit status; 128 and the number of the signal that ended it.</param>
/// <param name="Text">What it said.</param>
internal sealed record CommandRun(int Status, string Text)
{
    /// <summary>Whether it ended by itself: what it says is the outcome. One that a signal ended says nothing.</summary>
    public bool IsToldByItself => Status < 128;
}
