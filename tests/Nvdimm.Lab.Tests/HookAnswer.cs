namespace Nvdimm.Lab.Tests;

/// <summary>What a hook did that ran as a process of its own.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Line">What it printed.</param>
/// <param name="Codes">The codes of its findings, in its order.</param>
/// <param name="Xml">The domain as it has left it.</param>
internal sealed record HookAnswer(int Status, string Line, ValueList<string> Codes, string Xml);
