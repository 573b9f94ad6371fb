"""One file an exercise type: each plays a `model.exercise` on screen."""
