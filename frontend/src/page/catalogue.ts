import "./catalogue.css";
import "../lesson/catalogue-element";
import "./theme-button";
import { followTheme } from "../kit/theme";

followTheme();
