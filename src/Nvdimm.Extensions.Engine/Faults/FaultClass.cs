namespace Nvdimm.Extensions.Engine.Faults;

/// <summary>What kind of refusal a code is, which decides the status of the answer.</summary>
public enum FaultClass
{
    /// <summary>The state of things forbids it: 409. What is our own is always this.</summary>
    Conflict,

    /// <summary>The request itself is wrong: 400.</summary>
    BadParameters,
}
